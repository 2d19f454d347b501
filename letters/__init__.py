"""What we write and what is answered: letters, approval, dispatch, proof."""
